package org.psasync.engine.decide;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How alike two names are to a person: by the pairs of neighbouring characters that they share (Dice's coefficient), of the
 * names without case, accents and punctuation (MATCH-6). One name is held against many, so its pairs are counted once.
 */
public final class Similarity {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final String name;
    private final Map<String, Integer> pairs;
    private final int size;

    /** Makes the similarity to a name. */
    public Similarity(String name) {
        this.name = plain(name);
        this.pairs = pairs(this.name);
        this.size = size(pairs);
    }

    /** Returns how alike the other name is: 0 not at all, 1 the same but for case, accents and punctuation. */
    public double to(String other) {
        String plain = plain(other);
        if (plain.equals(name)) {
            return name.isEmpty() ? 0 : 1;
        }
        Map<String, Integer> others = pairs(plain);
        int total = size + size(others);
        if (total == 0) {
            return 0;
        }
        int shared = 0;
        for (Map.Entry<String, Integer> pair : others.entrySet()) {
            shared += Math.min(pair.getValue(), pairs.getOrDefault(pair.getKey(), 0));
        }
        return 2.0 * shared / total;
    }

    private static int size(Map<String, Integer> pairs) {
        return pairs.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String plain(String name) {
        String bare =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        return OTHER.matcher(bare.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static Map<String, Integer> pairs(String plain) {
        Map<String, Integer> result = new HashMap<>();
        for (String word : plain.split(" ", -1)) {
            for (int i = 0; i + 1 < word.length(); i++) {
                result.merge(word.substring(i, i + 2), 1, Integer::sum);
            }
        }
        return result;
    }
}
