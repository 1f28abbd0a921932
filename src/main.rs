//! Mounts the application.

fn main() {
    yichuang::start();
}
