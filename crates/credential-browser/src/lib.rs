//! The temporary electronic ID (电子临时身份凭证) in the browser: a module of its own beside the
//! application, loaded in a worker by the pages that need it (the guest's credential, the hotel's
//! desk) and by no other.
//!
//! | part | module |
//! | --- | --- |
//! | a QR code in a picture | [`picture`] |
//! | the hotel's desk: verdict, memory, the counter's code | [`desk`] |
//! | the guest's phone: unlock, the counter's code, the live form | [`phone`] |
//! | what crosses between worker and application | [`message`] |
//!
//! `js/worker.js` calls [`export`]; `js/page.js` is what the application calls: it starts the
//! worker and knows the camera, passkeys and the browser's database. Keys: the phone's session key
//! lives in this module's memory only and dies with the page.

pub mod message;

#[cfg(feature = "engine")]
pub mod desk;
#[cfg(feature = "engine")]
pub mod export;
#[cfg(feature = "engine")]
pub mod phone;
#[cfg(feature = "engine")]
pub mod picture;
