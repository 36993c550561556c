//! Stylesheet, script and font, built from the npm lockfile into the binary.
