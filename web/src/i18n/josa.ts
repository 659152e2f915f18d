/**
 * Korean particles. A noun takes 이/가, 을/를, 은/는, 과/와 or (으)로 by its last sound, which for names that
 * come from data (services, versions, numbers) is known only at run time.
 */

export type Josa = "이/가" | "을/를" | "은/는" | "과/와" | "으로/로";

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const FINALS = 28;
const RIEUL = 8;

/** Final consonants of the digits as they are read: 영 일 이 삼 사 오 육 칠 팔 구. */
const DIGIT_FINALS = [21, RIEUL, 0, 16, 0, 0, 1, RIEUL, RIEUL, 0];

/** Latin letters whose Korean names (엘, 엠, 엔, 알) end in a consonant, with that consonant. */
const LETTER_FINALS: Record<string, number> = { l: RIEUL, m: 16, n: 4, r: RIEUL };

/** Number of the final consonant that `word` ends in when read aloud; 0 for none. */
function finalOf(word: string): number {
  const bare = word.replace(/[\s)\]}"'’”.…]+$/u, "");
  const last = bare.at(-1) ?? "";
  const code = last.codePointAt(0) ?? 0;
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return (code - HANGUL_FIRST) % FINALS;
  if (last >= "0" && last <= "9") return DIGIT_FINALS[Number(last)];
  if (last === "%") return 0; // 퍼센트
  return LETTER_FINALS[last.toLowerCase()] ?? 0;
}

/** The particle alone. */
export function josaOnly(word: string, pair: Josa): string {
  const [closed, open] = pair.split("/");
  const final = finalOf(word);
  if (pair === "으로/로") return final === 0 || final === RIEUL ? open : closed;
  return final === 0 ? open : closed;
}

/** `word` with its particle. */
export function josa(word: string, pair: Josa): string {
  return word + josaOnly(word, pair);
}
