//! Statutory time limits, working days and bank holidays (pure).
