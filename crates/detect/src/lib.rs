//! Personal data in free text: people by every form of their name, identifiers, places and days.
