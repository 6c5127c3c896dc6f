//! A small HTTP server for a built site, with the headers that a production host sends.
//!
//! Only for this machine: it listens on the loopback address and knows `GET` and `HEAD`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::headers::{cache_control, for_all, media_type};
use super::hosts::Hosts;
use super::page;
use crate::fail::Failure;

/// A site as it is served.
pub struct Site {
    /// The built files.
    pub dir: PathBuf,
    /// Which hosts its policy names.
    pub hosts: Hosts,
    /// Served in place of the `config.json` in `dir`.
    pub config: Option<String>,
}

struct Answer {
    status: &'static str,
    file: String,
    body: Vec<u8>,
}

/// Takes a port; 0 takes any that is free.
pub fn listen(port: u16) -> Result<TcpListener, Failure> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| Failure::Port { port, source })
}

/// Answers until the process ends.
pub fn serve(listener: &TcpListener, site: Site) {
    let site = Arc::new(site);
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        // A browser that goes away in the middle is no concern of the server.
        thread::spawn(move || drop(converse(&stream, &site)));
    }
}

fn converse(stream: &TcpStream, site: &Site) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream);
    loop {
        let mut request = String::new();
        if lines.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut close = false;
        loop {
            let mut header = String::new();
            if lines.read_line(&mut header)? == 0 || header.trim().is_empty() {
                break;
            }
            close |= header.trim().eq_ignore_ascii_case("connection: close");
        }
        let mut words = request.split_whitespace();
        let (method, target) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let answer = match method {
            "GET" | "HEAD" => site.answer(target),
            _ => plain("405 Method Not Allowed", "Only GET and HEAD."),
        };
        send(stream, site, &answer, method == "HEAD")?;
        if close || answer.status.starts_with("405") {
            return Ok(());
        }
    }
}

fn send(mut stream: &TcpStream, site: &Site, answer: &Answer, head: bool) -> std::io::Result<()> {
    let mut text = format!(
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: {}\r\n",
        answer.status,
        media_type(&answer.file),
        answer.body.len(),
        cache_control(&answer.file)
    );
    for (name, value) in for_all(&site.hosts) {
        text += &format!("{name}: {value}\r\n");
    }
    text += "\r\n";
    let mut bytes = text.into_bytes();
    if !head {
        bytes.extend_from_slice(&answer.body);
    }
    stream.write_all(&bytes)
}

fn plain(status: &'static str, words: &str) -> Answer {
    Answer {
        status,
        file: "error.txt".to_owned(),
        body: words.as_bytes().to_vec(),
    }
}

impl Site {
    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(file) = file_name(path) else {
            return plain("400 Bad Request", "No path of this site.");
        };
        match self.body(&file) {
            Some(body) => Answer {
                status: "200 OK",
                file,
                body,
            },
            None => plain("404 Not Found", "Not here."),
        }
    }

    fn body(&self, file: &str) -> Option<Vec<u8>> {
        if let ("config.json", Some(config)) = (file, &self.config) {
            return Some(config.clone().into_bytes());
        }
        let body = fs::read(self.dir.join(file)).ok()?;
        if file != "index.html" {
            return Some(body);
        }
        let html = String::from_utf8(body).ok()?;
        page::for_hosts(&html, &self.hosts).map(String::into_bytes)
    }
}

/// The file below the site's folder that a path names. `None` for a path that would leave the folder.
fn file_name(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !path.chars().all(plain)
        || path.starts_with('/')
        || path.split('/').any(|part| part == ".." || part == ".")
    {
        return None;
    }
    Some(if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn no_path_leaves_the_folder() {
        let cases = [
            ("/", Some("index.html")),
            ("/demo/a.json", Some("demo/a.json")),
            ("/../Cargo.toml", None),
            ("/a/../../b", None),
            ("/%2e%2e/b", None),
            ("//etc/passwd", None),
            ("http://other/", None),
        ];
        for (path, file) in cases {
            assert_eq!(file_name(path).as_deref(), file, "{path}");
        }
    }
}
