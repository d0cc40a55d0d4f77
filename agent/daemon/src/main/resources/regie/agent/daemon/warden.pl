#!/usr/bin/perl
# Ends the guests of this host when its lease does, whatever has become of the agent: it was killed, hangs, or was stopped.
#
#   warden.pl FOLDER BOARD      ends at once with 0 where it runs now in the background, with 3 where another one does already
#
# BOARD is the file of 64-bit numbers that the agent maps into its memory (class Board), in this machine's byte order, in
# nanoseconds of CLOCK_BOOTTIME. FOLDER/guests lists who is a guest: a line "UID FILE", FILE holding the id of its process
# while it runs. A process is killed only where its command line holds that UID, and through a descriptor taken before that
# was looked at, so that no other can have got its number meanwhile. Nothing but perl-base is needed. FOLDER and BOARD are in
# memory: nothing here waits for a disk.
use strict;
use warnings;
use Fcntl qw(:flock O_RDWR);
use POSIX ();

use constant {
    UNTIL => 0, MIRROR => 8, STOPPED => 16, ALIVE => 32, PID => 40,
    UNBOUNDED      => 0x7fff_ffff_ffff_ffff,
    LOOK_SECONDS   => 0.05,     # between two looks at the board
    IDLE_SECONDS   => 0.2,      # the same, while nothing bounds the guests
    CLOCK_NANOS    => 10_000_000,    # /proc/uptime tells hundredths, rounded down
    PIDFD_SEND     => 424,      # the same numbers on every architecture
    PIDFD_OPEN     => 434,
    KILL           => 9,
};

my ($folder, $board) = @ARGV;
open(my $lock, '>>', "$folder/lock") or die "$folder/lock: $!\n";
flock($lock, LOCK_EX | LOCK_NB) or exit 3;
sysopen(my $numbers, $board, O_RDWR) or die "$board: $!\n";
open(my $uptime, '<', '/proc/uptime') or die "/proc/uptime: $!\n";
detach();
my ($guests, $read_at) = ({}, '');
my $ended = 0;
my %noted;    # what was killed since it ended, told once each

while (1) {
    exit 0 unless (stat $numbers)[3];    # the agent has a newer board: another warden looks after that one
    my $until = until_when();
    read_guests();
    my $left = $until - now();
    if ($left > 0) {
        $ended = 0;
        %noted = ();
    } else {
        end_all();
    }
    put(ALIVE, now());
    my $wait = $until == UNBOUNDED ? IDLE_SECONDS : LOOK_SECONDS;
    $wait = $left / 1e9 if $left > 0 && $left / 1e9 < $wait;
    select(undef, undef, undef, $wait);
}

# A session of its own, so that no signal to the agent's reaches it, and nothing open but its log.
sub detach {
    defined(my $child = fork) or die "fork: $!\n";
    POSIX::_exit(0) if $child;
    POSIX::setsid();
    defined($child = fork) or die "fork: $!\n";
    POSIX::_exit(0) if $child;
    chdir '/';
    open(STDIN,  '<',  '/dev/null');
    open(STDOUT, '>>', "$folder/log");
    open(STDERR, '>&', \*STDOUT);
    $SIG{HUP} = $SIG{INT} = $SIG{PIPE} = 'IGNORE';
    eval { setpriority(0, 0, -20) };
    if (open(my $score, '>', '/proc/self/oom_score_adj')) { syswrite($score, '-1000') }
    my $lock_all = { x86_64 => 151, aarch64 => 230 }->{ (POSIX::uname())[4] };
    syscall($lock_all, 3) if $lock_all;    # present and future memory: none of it is to be read from a disk again
    put(PID, $$);
}

# CLOCK_BOOTTIME, never behind it by more than the look itself takes. Where it can't be read all time is over.
sub now {
    sysseek($uptime, 0, 0);
    sysread($uptime, my $text, 64);
    return UNBOUNDED - 1 unless ($text // '') =~ /^(\d+\.\d+) /;
    return int($1 * 1e9 + 0.5) + CLOCK_NANOS;
}

# The agent writes the number, then its mirror. Of two that differ the smaller is the one that was true before.
sub until_when {
    my ($until, $mirror);
    for (1 .. 5) {
        sysseek($numbers, UNTIL, 0);
        (sysread($numbers, my $bytes, 16) // 0) == 16 or next;
        ($until, $mirror) = unpack('q2', $bytes);
        return $until if $until == $mirror;
    }
    return 0 unless defined $mirror;
    return $until < $mirror ? $until : $mirror;
}

sub put {
    my ($place, $number) = @_;
    sysseek($numbers, $place, 0);
    syswrite($numbers, pack('q', $number));
}

sub read_guests {
    my @stat = stat "$folder/guests" or return;
    my $at = join ' ', @stat[1, 7, 9];
    return if $at eq $read_at;
    open(my $list, '<', "$folder/guests") or return;
    $guests = { map { /^([0-9a-f-]{36}) (\S.*)$/ ? ($1, $2) : () } <$list> };
    $read_at = $at;
}

sub end_all {
    my @hit;
    while (my ($uid, $file) = each %$guests) {
        my $process = process($uid, $file) or next;
        if (syscall(PIDFD_SEND, $process->{handle}, KILL, 0, 0) == 0) { push @hit, $process }
        else { POSIX::close($process->{handle}) }
    }
    my $first = !$ended;
    put(STOPPED, now()) if $first;
    $ended = 1;
    await(@hit);
    my @new = grep { !$noted{$_}++ } map { "$_->{uid}=$_->{pid}" } @hit;
    note(@new) if @new || $first;
}

# The guest's process, where it has one.
sub process {
    my ($uid, $file) = @_;
    open(my $in, '<', $file) or return;
    my ($pid) = (<$in> // '') =~ /^(\d+)\s*$/ or return;
    my $handle = syscall(PIDFD_OPEN, $pid + 0, 0);
    return if $handle < 0;
    if (open(my $line, '<', "/proc/$pid/cmdline")) {
        my $words = do { local $/; <$line> } // '';
        return { uid => $uid, pid => $pid, handle => $handle } if index($words, $uid) >= 0;
    }
    POSIX::close($handle);
    return;
}

# A descriptor of a process can be read once all its threads have ended. One that hangs in the kernel is met at the next look again.
sub await {
    my $set = '';
    vec($set, $_->{handle}, 1) = 1 for @_;
    select($set, undef, undef, LOOK_SECONDS) if @_;
    POSIX::close($_->{handle}) for @_;
}

sub note {
    my $line = sprintf "%d the lease ended; killed: %s\n", now(), @_ ? join(' ', @_) : 'nobody';
    syswrite(STDOUT, $line);
}
