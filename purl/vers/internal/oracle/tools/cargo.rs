//! The crate semver. Precedence leaves build metadata out, which the crate's own order does
//! not.
use semver::{BuildMetadata, Version};
use std::io::{self, Read, Write};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).expect("standard input");
    let mut out = io::BufWriter::new(io::stdout());
    for line in text.lines() {
        let (a, b) = line.split_once('\t').expect("two versions");
        let answer = match (Version::parse(a), Version::parse(b)) {
            (Ok(mut v), Ok(mut w)) => {
                v.build = BuildMetadata::EMPTY;
                w.build = BuildMetadata::EMPTY;
                (v.cmp(&w) as i8).to_string()
            }
            _ => "!".to_string(),
        };
        writeln!(out, "{}", answer).expect("standard output");
    }
}
