from dataclasses import dataclass, field
from datetime import date


@dataclass
class Item:
    name: str
    price: int
    count: int = 1

    def total(self) -> int:
        return self.price * self.count


@dataclass
class Order:
    number: str
    placed: date
    items: list[Item] = field(default_factory=list)

    def add(self, item: Item) -> None:
        self.items.append(item)

    def total(self, discount: float = 0.0) -> int:
        return round(sum(item.total() for item in self.items) * (1 - discount))
