//! Starts a private cluster in the folder given as argument, prints its address and the process id of the server, and
//! stops it when its input ends (Ctrl-D).
//!
//! ```text
//! cargo run -p irontrack-embedded --example private_cluster /tmp/cluster
//! ```

use std::error::Error;
use std::io::{self, Write};

use irontrack_embedded::{Cluster, ClusterOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: private_cluster FOLDER")?;
    let cluster = Cluster::start(ClusterOptions::new(folder))?;
    println!("{}\n{}", cluster.url("postgres"), cluster.pid());
    io::stdout().flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    cluster.stop()?;
    Ok(())
}
