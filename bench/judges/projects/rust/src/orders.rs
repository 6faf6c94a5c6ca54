#[derive(Clone, Debug)]
pub struct Item {
    pub name: String,
    pub price: u32,
    pub count: u32,
}

impl Item {
    pub fn total(&self) -> u32 {
        self.price * self.count
    }
}

#[derive(Debug)]
pub struct Order {
    pub number: String,
    pub placed: u64,
    pub items: Vec<Item>,
}

impl Order {
    pub fn new(number: &str, placed: u64) -> Self {
        Order { number: number.to_string(), placed, items: Vec::new() }
    }

    pub fn add(&mut self, item: Item) {
        self.items.push(item);
    }

    pub fn total(&self, discount: f64) -> u32 {
        let sum: u32 = self.items.iter().map(Item::total).sum();
        (f64::from(sum) * (1.0 - discount)) as u32
    }
}
