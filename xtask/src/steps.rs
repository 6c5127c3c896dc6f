//! Progress in words.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::fail::Failure;

/// How many steps a command has, and how many were begun. Steps may run in two threads.
pub struct Steps {
    total: usize,
    begun: AtomicUsize,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self {
            total,
            begun: AtomicUsize::new(0),
        }
    }

    /// Says what begins, does it, and says how long it took.
    pub fn step<T>(
        &self,
        name: &str,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let number = self.begun.fetch_add(1, Ordering::Relaxed) + 1;
        println!("[{number}/{}] {name} …", self.total);
        let start = Instant::now();
        let done = work();
        let seconds = start.elapsed().as_secs_f32();
        match done {
            Ok(_) if seconds > 1.0 => {
                println!("[{number}/{}] {name}: done in {seconds:.0} s", self.total)
            }
            Ok(_) => {}
            Err(_) => println!(
                "[{number}/{}] {name}: failed after {seconds:.0} s",
                self.total
            ),
        }
        done
    }
}

/// A sign of life from a long step.
pub fn still(name: &str, since: Duration, doing: &str) {
    let doing: String = doing.chars().take(70).collect();
    println!("      {name}: {} s, {doing}", since.as_secs());
}
