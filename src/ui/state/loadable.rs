//! A value that the engine sends: not asked for, on its way, there, or refused.

use std::rc::Rc;

use domain::problem::Problem;

/// The last good value, and how the newest request for it stands.
#[derive(Debug)]
pub struct Loadable<T> {
    /// The newest value that came; kept while a newer one is on its way.
    pub value: Option<Rc<T>>,
    /// How the newest request stands.
    pub status: Status,
}

/// How a request stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Status {
    /// Not asked for.
    #[default]
    Idle,
    /// On its way.
    Loading,
    /// Answered.
    Ready,
    /// Refused.
    Failed(Rc<Problem>),
}

impl<T> Default for Loadable<T> {
    fn default() -> Self {
        Self {
            value: None,
            status: Status::Idle,
        }
    }
}

/// The same value, not an equal one: a comparison of whole windows would cost more than drawing them again.
impl<T> PartialEq for Loadable<T> {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.value, &other.value) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        same && self.status == other.status
    }
}

impl<T> Clone for Loadable<T> {
    fn clone(&self) -> Self {
        Self {
            value: self.value.clone(),
            status: self.status.clone(),
        }
    }
}

impl<T> Loadable<T> {
    /// The newest value, if any ever came.
    pub fn get(&self) -> Option<&T> {
        self.value.as_deref()
    }

    /// Marks a request as under way; the last value stays.
    pub fn load(&mut self) {
        self.status = Status::Loading;
    }

    /// Takes an answer.
    pub fn put(&mut self, value: T) {
        self.value = Some(Rc::new(value));
        self.status = Status::Ready;
    }

    /// Takes a part of an answer: the request is still under way.
    pub fn put_part(&mut self, value: T) {
        self.value = Some(Rc::new(value));
    }

    /// Takes a refusal; the last value stays.
    pub fn fail(&mut self, problem: Problem) {
        self.status = Status::Failed(Rc::new(problem));
    }

    /// Nobody waits for the request any more; the last value stays.
    pub fn settle(&mut self) {
        self.status = match self.value {
            Some(_) => Status::Ready,
            None => Status::Idle,
        };
    }

    /// True while a request is under way.
    pub fn loading(&self) -> bool {
        self.status == Status::Loading
    }

    /// The refusal of the newest request.
    pub fn problem(&self) -> Option<&Rc<Problem>> {
        match &self.status {
            Status::Failed(problem) => Some(problem),
            _ => None,
        }
    }
}
