package org.psasync.model;

/** The kinds of records, parents before children (PULL-1). */
public enum AssetKind {
    /** A company or account; everything else belongs to one. */
    ORGANIZATION,
    /** A site or address of an organization. */
    LOCATION,
    /** A person of an organization. */
    CONTACT,
    /** A device, licence or other configuration item of an organization. */
    CONFIGURATION,
    /** A service ticket; pulled only, never written to a PSA. */
    TICKET;

    /** Returns whether records of this kind can be written to a PSA; tickets cannot. */
    public boolean twoWay() {
        return this != TICKET;
    }
}
