package org.psasync.testkit.connectwise;

import java.util.Locale;

/** Members: the address that counts as primary. */
final class MemberRules implements Rules {
    @Override
    public void complete(Draft draft) {
        String which = draft.text("defaultEmail").toLowerCase(Locale.ROOT);
        if (!which.isEmpty()) {
            draft.set("primaryEmail", draft.get(which + "Email"));
        }
        draft.fill("inactiveFlag", false);
    }
}
