import type { Random } from "../chaos/random";

/** The commonest words of both languages, the commonest first. They are most of what people write. */
const common =
  "que de no a la el es y en lo un por qué me una te los se con para mi está si bien pero yo eso las sí su tu aquí " +
  "the to and you of it is in that for on was with are be this have not but what all we your can just there know " +
  "mañana casa tiempo gracias nada todo hoy trabajo reunión foto jueves comida playa viaje perro canción " +
  "tomorrow house time thanks nothing work meeting picture thursday food beach travel dog song running";

const syllables =
  "ca co cu da de do fa fe ga go la le li lo ma me mi mo na ne no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo za ño ju jo je ha hu";
const endings = ["", "", "s", "ción", "ing", "mente", "ed"];
const rareWords = 30_000;

/** A vocabulary as people's is: few words are most of a text, and most words are rare. */
export const makeVocabulary = (random: Random): string[] => {
  const parts = syllables.split(" ");
  const pick = <T>(items: readonly T[]): T | undefined => items[random.between(0, items.length - 1)];
  const rare = Array.from({ length: rareWords }, () => {
    const stem = Array.from({ length: random.between(2, 4) }, () => pick(parts)).join("");
    return `${stem}${pick(endings)}`;
  });
  return [...common.split(" "), ...rare];
};

/** A message of three to twenty words, each as frequent as its place in the vocabulary says (Zipf's law). */
export const writeText = (vocabulary: readonly string[], random: Random): string => {
  const word = () => vocabulary[Math.floor(Math.exp(random.next() * Math.log(vocabulary.length)))];
  const text = Array.from({ length: random.between(3, 20) }, word).join(" ");
  return random.next() < 0.02 ? `${text} https://example.org/${random.between(1, 9_999)}` : text;
};
