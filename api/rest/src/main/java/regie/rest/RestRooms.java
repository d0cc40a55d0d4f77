package regie.rest;

import regie.compute.CapacityReport;
import regie.compute.Consoles;
import regie.compute.Heartbeats;
import regie.compute.Images;
import regie.compute.Joining;
import regie.compute.Metrics;
import regie.compute.Rebalancing;
import regie.compute.WhatIf;
import regie.continuity.DeathRegister;
import regie.continuity.Maintaining;
import regie.continuity.ServerPower;
import regie.delivery.Webhooks;
import regie.identity.Agents;
import regie.identity.AuditTrail;
import regie.identity.Batches;
import regie.identity.Desk;
import regie.identity.Register;
import regie.identity.Repeats;
import regie.identity.Tokens;
import regie.kernel.Actions;
import regie.kernel.Chance;
import regie.kernel.Clock;
import regie.kernel.Kinds;
import regie.kernel.LogTail;
import regie.kernel.Manifests;

/** The rooms that this door leads to. */
public record RestRooms(
        Kinds kinds,
        Actions actions,
        Manifests manifests,
        Tokens tokens,
        Desk desk,
        Repeats repeats,
        Batches batches,
        Register register,
        AuditTrail trail,
        Agents agents,
        Joining joining,
        Consoles consoles,
        Images images,
        Heartbeats heartbeats,
        Metrics metrics,
        WhatIf whatIf,
        CapacityReport capacity,
        Rebalancing rebalancing,
        DeathRegister deaths,
        ServerPower power,
        Maintaining maintaining,
        Webhooks webhooks,
        LogTail tail,
        Monitor monitor,
        Clock clock,
        Chance chance) {}
