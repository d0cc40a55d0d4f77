package regie.placement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The members of a group, and who of other groups keeps near them. */
final class Band {
    /** Of those who are of no group. */
    static final Band NONE = new Band(new Crowds(), "", "");

    private final Crowds crowds;
    private final String project;
    private final String group;

    private final List<Ward> members = new ArrayList<>();
    private final Set<Ward> followers = new LinkedHashSet<>();
    private final int[] apart = new int[Domain.values().length];
    private int delicate;
    private Crowd crowd = Crowd.NOBODY;

    Band(Crowds crowds, String project, String group) {
        this.crowds = crowds;
        this.project = project;
        this.group = group;
    }

    List<Ward> members() {
        return members;
    }

    /** The members where they are now. */
    Crowd crowd() {
        // One that has members is still the group's: the last to leave takes it along.
        if (crowd.members() == 0) crowd = crowds.of(project, group);
        return crowd;
    }

    /** Those who are required to be together with one of this group; they may be of any group, or of none. */
    Set<Ward> followers() {
        return followers;
    }

    /** Whether where one member goes can matter to another. */
    boolean ruled() {
        return delicate > 0 || apart() || !followers.isEmpty();
    }

    /** Whether a member's leave, or another return, can break a rule that held. */
    boolean delicate() {
        return delicate > 0 || !followers.isEmpty();
    }

    boolean isEmpty() {
        return members.isEmpty() && followers.isEmpty();
    }

    /** Whether some member is required to be the only one of them in some kind of domain. */
    boolean apart() {
        for (int members : apart) if (members > 0) return true;
        return false;
    }

    /** How many kinds of domain members want to themselves, hosts not counted. */
    int apartBeyondHosts() {
        int kinds = 0;
        for (var domain : Domain.values()) if (domain != Domain.HOST && apart[domain.number()] > 0) kinds++;
        return kinds;
    }

    void enter(Ward ward) {
        if (this == NONE) return;
        members.add(ward);
        count(ward, 1);
    }

    void leave(Ward ward) {
        if (this == NONE) return;
        members.remove(ward);
        count(ward, -1);
    }

    private void count(Ward ward, int by) {
        if (ward.delicate()) delicate += by;
        for (int kind = 0; kind < apart.length; kind++) if ((ward.apart() & 1 << kind) != 0) apart[kind] += by;
    }
}
