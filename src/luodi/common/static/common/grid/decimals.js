// Sums of what people typed, exact: whole numbers and a scale, never floating point.

const MOST_DIGITS = 40;
const FORM = /^([-+]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?$/;

// "１，２３４.50" → { digits: 123450n, scale: 2 }; null for what is no plain number.
export function decimalOf(text) {
  const plain = text.normalize("NFKC").trim().replace("\u2212", "-");
  const found = plain.length <= MOST_DIGITS && FORM.exec(plain);
  if (!found || !/\d/.test(plain)) return null;
  const [, sign, whole, part = ""] = found;
  const digits = BigInt(whole.replaceAll(",", "") + part || "0");
  return { digits: sign === "-" ? -digits : digits, scale: part.length };
}

// The sum of the numbers among the texts, and how many they are: { sum: "12.50", numbers: 3 }.
export function sumOf(texts) {
  let digits = 0n;
  let scale = 0;
  let numbers = 0;
  for (const text of texts) {
    const one = text && decimalOf(text);
    if (!one) continue;
    numbers += 1;
    if (one.scale > scale) { digits *= 10n ** BigInt(one.scale - scale); scale = one.scale; }
    digits += one.digits * 10n ** BigInt(scale - one.scale);
  }
  return { sum: numbers ? wordsOf(digits, scale) : "", numbers };
}

function wordsOf(digits, scale) {
  const plain = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const whole = plain.slice(0, plain.length - scale).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${digits < 0n ? "\u2212" : ""}${whole}${scale ? "." : ""}${plain.slice(plain.length - scale)}`;
}
