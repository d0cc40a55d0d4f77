package regie.server;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import regie.agent.channel.AgentDoor;
import regie.agent.channel.Attendance;
import regie.agent.channel.Credentials;
import regie.agent.channel.Denied;
import regie.agent.channel.FromHost;
import regie.agent.channel.FromRoom;
import regie.agent.channel.HostLine;
import regie.agent.channel.Issued;
import regie.agent.channel.JoinRequest;
import regie.agent.channel.Peer;
import regie.agent.channel.RoomSide;
import regie.agent.contract.Report;
import regie.agent.contract.Vitals;
import regie.agent.contract.Wish;
import regie.agent.contract.WishRefused;
import regie.agent.lease.Answer;
import regie.agent.lease.Refusals;
import regie.agent.lease.Terms;
import regie.compute.Consoles;
import regie.compute.Hosts;
import regie.continuity.LeaseDesk;
import regie.continuity.LeaseLine;
import regie.continuity.VitalsDesk;
import regie.identity.Agents;
import regie.identity.CertificateAuthority;
import regie.kernel.BadField;
import regie.kernel.Fault;
import regie.kernel.NameRange;
import regie.kernel.Refused;

/** Brings what agents ask for to the rooms, and what the rooms say to the hosts. */
final class AgentSide implements RoomSide {
    /** A server of the room makes itself a new certificate at each start; no room runs this long. */
    private static final Duration ROOM_CERTIFICATE_LIFE = Duration.ofDays(3_650);

    private final Agents agents;
    private final Hosts hosts;
    private final LeaseDesk leases;
    private final VitalsDesk vitals;
    private final Consoles consoles;
    private final Artifacts artifacts;
    private final AtomicInteger attending;

    private AgentSide(
            Agents agents,
            Hosts hosts,
            LeaseDesk leases,
            VitalsDesk vitals,
            Consoles consoles,
            Artifacts artifacts,
            AtomicInteger attending) {
        this.vitals = vitals;
        this.attending = attending;
        this.leases = leases;
        this.agents = agents;
        this.hosts = hosts;
        this.consoles = consoles;
        this.artifacts = artifacts;
    }

    /** Where the bytes of images are. */
    interface Artifacts {
        Optional<SeekableByteChannel> open(String sha256) throws IOException;
    }

    /**
     * @param attending is kept at how many hosts attend here
     * @throws Fault where the address can't be had
     */
    static AgentDoor open(
            Settings.OfAgents settings,
            CertificateAuthority authority,
            Agents agents,
            Hosts hosts,
            LeaseDesk leases,
            VitalsDesk vitals,
            Consoles consoles,
            Artifacts artifacts,
            AtomicInteger attending) {
        var own = authority.forServer(Set.of(), ROOM_CERTIFICATE_LIFE);
        try {
            return AgentDoor.start(
                    settings.address(),
                    new Credentials(own.key(), own.certificate(), authority.certificate()),
                    new AgentSide(agents, hosts, leases, vitals, consoles, artifacts, attending));
        } catch (IOException e) {
            throw new Fault("can't listen for agents on %s: %s".formatted(settings.listen(), e.getMessage()), e);
        }
    }

    @Override
    public Issued join(JoinRequest request) throws Denied {
        return allowed(() -> {
            var servers = NameRange.expand(request.servers()).stream()
                    .map(NameRange.Name::name)
                    .toList();
            return issued(agents.join(request.tokenId(), request.tokenSecret(), servers, request.requestPem()));
        });
    }

    @Override
    public void admit(Peer peer) throws Denied {
        allowed(() -> {
            agents.admit(peer.agent());
            return true;
        });
    }

    @Override
    public Issued renew(Peer peer, String requestPem) throws Denied {
        return allowed(() -> issued(agents.renew(peer.agent(), requestPem)));
    }

    @Override
    public Attendance attend(Peer peer, FromHost.Hello hello, HostLine line) throws Denied {
        return allowed(() -> {
            agents.checkStandsFor(peer.agent(), hello.host());
            return new Visit(hello, line);
        });
    }

    @Override
    public SeekableByteChannel artifact(Peer peer, String sha256) throws Denied, IOException {
        return artifacts.open(sha256).orElseThrow(() -> new Denied("there is no file with sha256 " + sha256));
    }

    @Override
    public void console(Peer peer, UUID session, ByteChannel console) throws Denied {
        if (!consoles.opened(session, console)) throw new Denied("nobody waits for this console any more");
    }

    private static <T> T allowed(Supplier<T> work) throws Denied {
        try {
            return work.get();
        } catch (Refused e) {
            throw new Denied(e.refusal().detail());
        } catch (BadField e) {
            throw new Denied(String.valueOf(e.getMessage()));
        }
    }

    private static Issued issued(Agents.Issued issued) {
        return new Issued(issued.certificatePem(), issued.authorityPem());
    }

    private static LeaseLine leaseLine(HostLine line) {
        return new LeaseLine() {
            @Override
            public void termed(Terms terms, long beatMillis) {
                line.lease(new FromRoom.Termed(terms, beatMillis));
            }

            @Override
            public void refusing(Refusals refusals) {
                line.lease(new FromRoom.Refusing(refusals));
            }

            @Override
            public void answered(Answer answer) {
                line.lease(new FromRoom.Answered(answer));
            }
        };
    }

    /** One host while it attends. */
    private final class Visit implements Attendance {
        private final String host;
        private final Consumer<Wish> wishes;
        private final Consoles.Line console;
        private final LeaseLine lease;
        private final Consumer<String> reboot;

        Visit(FromHost.Hello hello, HostLine line) {
            this.host = hello.host();
            this.lease = leaseLine(line);
            this.wishes = line::wish;
            this.reboot = line::reboot;
            this.console = new Consoles.Line() {
                @Override
                public void readLog(long request, UUID guest, int bytesMax) {
                    line.readConsoleLog(request, guest, bytesMax);
                }

                @Override
                public void open(UUID session, UUID guest) {
                    line.openConsole(session, guest);
                }
            };
            consoles.attend(host, console);
            leases.attend(host, hello.knowsLeases(), lease);
            vitals.attend(host, reboot);
            hosts.attend(host, wishes);
            attending.incrementAndGet();
        }

        @Override
        public void report(Report report) {
            // An agent speaks for the host it attends for, whatever it writes into its report.
            if (report.host().equals(host)) hosts.report(report);
        }

        @Override
        public void beat() {
            hosts.beat(host);
        }

        @Override
        public void examined(Vitals said) {
            vitals.examined(host, said);
        }

        @Override
        public void refused(long generation, WishRefused.Reason reason, String detail) {
            hosts.refused(host, generation, detail);
        }

        @Override
        public void consoleLog(long request, byte[] bytes, String failure) {
            consoles.logRead(request, bytes, failure);
        }

        @Override
        public void consoleRefused(UUID session, String reason) {
            consoles.refused(session, reason);
        }

        @Override
        public void lease(FromHost.OfLease word) {
            switch (word) {
                case FromHost.Beating beating -> leases.heard(host, beating.beat());
                case FromHost.CanLease can ->
                    leases.can(host, new LeaseDesk.Able(can.holds(), can.terms(), can.tunnel()));
                case FromHost.Promised promised -> leases.promised(host, promised.promises());
                case FromHost.Watching seen ->
                    leases.watching(host, new LeaseDesk.Watching(seen.hears(), seen.misses()));
            }
        }

        @Override
        public void left(String why) {
            consoles.leave(host, console);
            leases.leave(host, lease);
            vitals.leave(host, reboot);
            hosts.leave(host, wishes);
            attending.decrementAndGet();
        }
    }
}
