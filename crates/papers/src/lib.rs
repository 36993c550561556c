//! Documents in and out: letters, notices, packs; finding and covering words.
