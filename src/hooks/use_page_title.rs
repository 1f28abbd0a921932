use leptos::prelude::*;

/// Keeps the document's title at "what this page is · name of the product".
pub fn use_page_title(title: Signal<String>) {
    let product = tr!(common.product);
    Effect::new(move |_| {
        let title = title.get();
        let product = product.get();
        document().set_title(&if title.is_empty() {
            product
        } else {
            [&title, " · ", &product].concat()
        });
    });
}
