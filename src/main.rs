//! Mounts the application.

fn main() {
    yichuang::mount();
}
