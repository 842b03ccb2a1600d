//! The cache inside one process
