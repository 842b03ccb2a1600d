//! Command line of IronTrack
