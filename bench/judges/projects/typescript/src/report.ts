import { type Item, itemTotal, Order } from './orders.js';

export function recent(orders: readonly Order[], today: Date, days = 7): Order[] {
  const earliest = today.getTime() - days * 86_400_000;
  return orders.filter((order) => order.placed.getTime() >= earliest);
}

export function bestSellers(orders: readonly Order[], most = 3): string[] {
  const counts = new Map<string, number>();
  for (const order of orders) {
    for (const item of order.items) {
      counts.set(item.name, (counts.get(item.name) ?? 0) + item.count);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, most).map(([name]) => name);
}

export function summary(order: Order): string {
  const lines = order.items.map((item) => `${item.name}: ${itemTotal(item)}`);
  return [order.number.toUpperCase(), ...lines, String(order.total(0.1))].join('\n');
}

export function sample(): Order {
  const order = new Order('A1', new Date(2024, 5, 1));
  const pen: Item = { name: 'pen', price: 120, count: 2 };
  order.add(pen);
  return order;
}

export const unknown: number = 'was wrong before';
