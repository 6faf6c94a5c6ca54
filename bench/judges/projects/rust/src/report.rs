use std::collections::HashMap;

use crate::orders::{Item, Order};

pub fn recent(orders: &[Order], today: u64, days: u64) -> Vec<&Order> {
    let earliest = today - days * 86_400;
    orders.iter().filter(|order| order.placed >= earliest).collect()
}

pub fn best_sellers(orders: &[Order], most: usize) -> Vec<String> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for order in orders {
        for item in &order.items {
            *counts.entry(item.name.clone()).or_insert(0) += item.count;
        }
    }
    let mut names: Vec<String> = counts.keys().cloned().collect();
    names.sort_by_key(|name| std::cmp::Reverse(counts[name]));
    names.truncate(most);
    names
}

pub fn summary(order: &Order) -> String {
    let mut text = order.number.to_uppercase();
    for item in &order.items {
        text.push_str(&format!("\n{}: {}", item.name, item.total()));
    }
    text
}

pub fn sample() -> Order {
    let mut order = Order::new("A1", 1_700_000_000);
    let pen = Item { name: "pen".to_string(), price: 120, count: 2 };
    order.add(pen);
    order
}

pub const UNKNOWN: u32 = "was wrong before";
