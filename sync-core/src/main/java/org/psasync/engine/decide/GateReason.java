package org.psasync.engine.decide;

import org.jspecify.annotations.Nullable;
import org.psasync.model.OrphanReason;

/** Why the gate turns a record away (GATE-5). */
public enum GateReason {
    /** Records of this kind do not sync. */
    KIND_NOT_ENABLED(OrphanReason.KIND_NOT_ENABLED, "GATE-1", "this kind of record is not enabled"),
    /** It has no type. */
    NO_TYPE(OrphanReason.TYPE_NOT_SELECTED, "GATE-2", "it has no type"),
    /** Its type, or one of its types, is not selected. */
    TYPE_NOT_SELECTED(OrphanReason.TYPE_NOT_SELECTED, "GATE-1", "its type is not selected"),
    /** It has no status, or one that is not selected. */
    STATUS_NOT_SELECTED(OrphanReason.STATUS_NOT_SELECTED, "GATE-1", "its status is not selected"),
    /** The PSA does not show its type, classification or board, so nobody knows whether that is selected. */
    TYPE_NOT_SHOWN(OrphanReason.TYPE_NOT_SELECTED, "FIELD-3", "its type is not shown"),
    /** The PSA does not show its status. */
    STATUS_NOT_SHOWN(OrphanReason.STATUS_NOT_SELECTED, "FIELD-3", "its status is not shown"),
    /** Its classification is not selected. */
    CLASSIFICATION_NOT_SELECTED(OrphanReason.TYPE_NOT_SELECTED, "GATE-1", "its classification is not selected"),
    /** Its board or queue is not selected. */
    BOARD_NOT_SELECTED(OrphanReason.TYPE_NOT_SELECTED, "PULL-7", "its board is not selected"),
    /** It did not change for longer than the settings ask for. */
    TOO_OLD(null, "PULL-7", "it did not change for longer than the settings ask for"),
    /** It is inactive. */
    INACTIVE(OrphanReason.INACTIVE, "GATE-7", "it is inactive"),
    /** It belongs to no organization. */
    NO_ORGANIZATION(OrphanReason.ORGANIZATION_NOT_SYNCING, "GATE-1", "it belongs to no organization"),
    /** Its organization does not sync. */
    ORGANIZATION_NOT_SYNCING(OrphanReason.ORGANIZATION_NOT_SYNCING, "GATE-1", "its organization does not sync");

    private final @Nullable OrphanReason orphan;
    private final String rule;
    private final String words;

    GateReason(@Nullable OrphanReason orphan, String rule, String words) {
        this.orphan = orphan;
        this.rule = rule;
        this.words = words;
    }

    /** Returns the reason for which a link becomes an orphan; null when it stays in the sync all the same. */
    public @Nullable OrphanReason orphan() {
        return orphan;
    }

    /** Returns the reason as a part of a sentence. */
    public String words() {
        return words;
    }

    /** Returns the rule behind it. */
    public String rule() {
        return rule;
    }
}
