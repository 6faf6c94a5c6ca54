package shop;

public record Item(String name, int price, int count) {
    public int total() {
        return price * count;
    }
}
