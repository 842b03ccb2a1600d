//! Documents as others read them: with a parser of XML, and with the places of their texts.

mod boxes;
mod line;
mod made_up;
mod year;

use roxmltree::Document;

/// What every chart must be, whatever is drawn.
fn check(svg: &str, width: u16, height: u16) {
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("no XML: {error}\n{svg}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!((root.attribute("width"), root.attribute("role")), (Some(width.to_string().as_str()), Some("img")));
    assert_eq!(root.attribute("height"), Some(height.to_string().as_str()));
    let labels: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
    for (label, name) in labels.iter().zip(["title", "desc"]) {
        let element = root.children().find(|child| child.attribute("id") == Some(*label)).expect("it is labelled");
        assert_eq!(element.tag_name().name(), name);
        assert!(element.text().is_some_and(|text| text.len() > 5), "an empty {name}");
    }
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        let name = element.tag_name();
        assert_eq!(name.namespace(), Some("http://www.w3.org/2000/svg"));
        let allowed = ["svg", "title", "desc", "g", "rect", "path", "text", "line", "polyline", "polygon", "circle"];
        assert!(allowed.contains(&name.name()), "an element {}", name.name());
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "href" && name != "style", "an attribute {name}");
            assert!(!value.contains("url(") && !value.contains("NaN") && !value.contains("inf"), "{name}={value}");
        }
    }
    boxes::check(&document);
}
