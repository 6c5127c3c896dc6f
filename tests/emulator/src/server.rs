//! The socket: reads requests, sends answers the way that they are to leave.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use crate::emulator::{Emulator, StartError};
use crate::http::{Delivery, Request, Response};
use crate::options::Options;

#[cfg(test)]
mod tests;

/// Bytes of a request's body; Graph refuses more than 4 MB too.
const MOST_BYTES: usize = 4 << 20;
/// Pieces of a slow answer, and the pause between them.
const PIECES: usize = 6;
const PAUSE: Duration = Duration::from_millis(350);

/// A stand-in that serves.
#[derive(Debug)]
pub struct Running {
    /// `http://localhost:PORT`
    pub base: String,
    /// The stand-in itself: recording, faults, clock.
    pub emulator: Arc<Emulator>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Stops serving and waits until it has.
    pub fn stop(mut self) {
        self.end();
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts a stand-in on the loopback address, in threads of its own.
///
/// # Errors
/// [`StartError`]
pub fn start(options: Options) -> Result<Running, StartError> {
    let asked = options.port;
    let port_error = |error| StartError::Port(asked, error);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, asked));
    let listener = std::net::TcpListener::bind(address).map_err(port_error)?;
    listener.set_nonblocking(true).map_err(port_error)?;
    let port = listener.local_addr().map_err(port_error)?.port();
    let emulator = Arc::new(Emulator::new(options, port)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(StartError::Runtime)?;
    let (stop, stopped) = oneshot::channel();
    let shared = Arc::clone(&emulator);
    let thread = std::thread::spawn(move || {
        runtime.block_on(async move {
            tokio::select! {
                () = accept(listener, shared) => {}
                _ = stopped => {}
            }
        });
        runtime_end(runtime);
    });
    Ok(Running {
        base: emulator.base.clone(),
        emulator,
        stop: Some(stop),
        thread: Some(thread),
    })
}

/// Open connections do not hold the end up.
fn runtime_end(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_timeout(Duration::from_millis(50));
}

async fn accept(listener: std::net::TcpListener, emulator: Arc<Emulator>) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, Arc::clone(&emulator)));
            }
            // Out of descriptors for a moment.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn serve(stream: TcpStream, emulator: Arc<Emulator>) {
    let service = service_fn(move |request| {
        let emulator = Arc::clone(&emulator);
        async move { one(request, &emulator).await }
    });
    // An error here is a client that left, or a connection that was to be dropped.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The connection ends without an answer.
fn dropped() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "dropped on purpose")
}

async fn one(
    request: hyper::Request<Incoming>,
    emulator: &Emulator,
) -> Result<hyper::Response<Pieces>, io::Error> {
    let (head, body) = request.into_parts();
    let text =
        |value: &hyper::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let Ok(body) = Limited::new(body, MOST_BYTES).collect().await else {
        return Ok(build(Response::empty(413)));
    };
    let request = Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect(),
        body: body.to_bytes().to_vec(),
    };
    let answer = emulator.answer(&request);
    if answer.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(answer.delay_ms)).await;
    }
    if answer.delivery == Delivery::Dropped {
        return Err(dropped());
    }
    Ok(build(answer))
}

fn build(answer: Response) -> hyper::Response<Pieces> {
    let mut bytes = Bytes::from(answer.body);
    let mut response = hyper::Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    let body = match answer.delivery {
        Delivery::Slow => Pieces::sent(bytes.len(), in_pieces(&bytes, false)),
        Delivery::Broken => Pieces::sent(bytes.len(), in_pieces(&bytes, true)),
        Delivery::Cut => Pieces::Whole(Some(bytes.split_to(bytes.len() * 2 / 3))),
        Delivery::Whole | Delivery::Dropped => Pieces::Whole(Some(bytes)),
    };
    response.body(body).unwrap_or_else(|_| {
        let mut bad = hyper::Response::new(Pieces::Whole(None));
        *bad.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        bad
    })
}

type Piece = Result<Frame<Bytes>, io::Error>;

fn in_pieces(bytes: &Bytes, broken: bool) -> mpsc::Receiver<Piece> {
    let (send, receive) = mpsc::channel(1);
    let size = bytes.len().div_ceil(PIECES).max(1);
    let pieces: Vec<Bytes> = (0..bytes.len())
        .step_by(size)
        .map(|at| bytes.slice(at..bytes.len().min(at + size)))
        .collect();
    let sent = if broken {
        pieces.len() / 2
    } else {
        pieces.len()
    };
    tokio::spawn(async move {
        for piece in pieces.into_iter().take(sent) {
            if !broken {
                tokio::time::sleep(PAUSE).await;
            }
            if send.send(Ok(Frame::data(piece))).await.is_err() {
                return;
            }
        }
        if broken {
            let _ = send.send(Err(dropped())).await;
        }
    });
    receive
}

/// A body, whole or piece by piece.
enum Pieces {
    Whole(Option<Bytes>),
    Sent(usize, mpsc::Receiver<Piece>),
}

impl Pieces {
    fn sent(length: usize, pieces: mpsc::Receiver<Piece>) -> Self {
        Self::Sent(length, pieces)
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Piece>> {
        match &mut *self {
            Self::Whole(bytes) => Poll::Ready(
                bytes
                    .take()
                    .filter(|bytes| !bytes.is_empty())
                    .map(|bytes| Ok(Frame::data(bytes))),
            ),
            Self::Sent(_, pieces) => pieces.poll_recv(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Sent(length, _) => SizeHint::with_exact(*length as u64),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }
}
