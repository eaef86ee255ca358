#!/usr/bin/perl
# Working time by Business::Hours (Debian: libbusiness-hours-perl). Reads one calendar with its cases per line (JSON), writes one line of answers for each.
#
# A calendar: timeZone; hours: by weekday (0 is Sunday) a list of [from, to] in "HH:MM"; holidays: dates; window: [from, to] in seconds since 1970.
# A case: start, seconds of working time, pauses [[from, to], …] in seconds since 1970. The answer: [due, worked], the second at which so much working time has
# passed, and how much of it lies in the first seven days after the start.
use strict;
use warnings;
use Business::Hours;
use JSON::PP;
use POSIX qw(tzset);
use Set::IntSpan;

my $week = 7 * 24 * 3600;

sub hours_of {
    my ($calendar) = @_;
    my %hours;
    for my $weekday (0 .. 6) {
        my $intervals = $calendar->{hours}{$weekday} or next;
        my @breaks = map { { Start => $intervals->[$_][1], End => $intervals->[$_ + 1][0] } } 0 .. $#$intervals - 1;
        # The module's midnight at the end of a day is 0:00: an end that is not after the start is taken for the next day's.
        my $end = $intervals->[-1][1] eq '24:00' ? '00:00' : $intervals->[-1][1];
        $hours{$weekday} = { Start => $intervals->[0][0], End => $end, Breaks => \@breaks };
    }
    return %hours;
}

# The moment after the last of so many seconds of a set.
sub after_seconds {
    my ($set, $seconds) = @_;
    my $left = $seconds;
    for my $span ($set->spans) {
        my ($from, $to) = @$span;
        my $length = $to - $from + 1;
        return $from + $left if $left <= $length;
        $left -= $length;
    }
    return undef;
}

my $json = JSON::PP->new->canonical;
while (my $line = <STDIN>) {
    my $calendar = $json->decode($line);
    $ENV{TZ} = $calendar->{timeZone};
    tzset();
    my $business = Business::Hours->new;
    $business->business_hours(hours_of($calendar), holidays => $calendar->{holidays});
    my ($first, $last) = @{ $calendar->{window} };
    my $worked = $business->for_timespan(Start => $first, End => $last);
    my @answers;
    for my $case (@{ $calendar->{cases} }) {
        my ($start, $seconds, $pauses) = @$case;
        my $set = $worked->intersect(Set::IntSpan->new([[$start, $last]]));
        # The second at which a pause ends is worked again.
        $set = $set->diff(Set::IntSpan->new([[$_->[0], $_->[1] - 1]])) for grep { $_->[1] > $_->[0] } @$pauses;
        push @answers, [after_seconds($set, $seconds), $business->between($start, $start + $week - 1)];
    }
    print $json->encode(\@answers), "\n";
}
