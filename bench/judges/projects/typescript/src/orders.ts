export interface Item {
  readonly name: string;
  readonly price: number;
  readonly count: number;
}

export class Order {
  readonly items: Item[] = [];
  constructor(
    readonly number: string,
    readonly placed: Date,
  ) {}

  add(item: Item): void {
    this.items.push(item);
  }

  total(discount = 0): number {
    return Math.round(this.items.reduce((sum, item) => sum + itemTotal(item), 0) * (1 - discount));
  }
}

export const itemTotal = (item: Item): number => item.price * item.count;
