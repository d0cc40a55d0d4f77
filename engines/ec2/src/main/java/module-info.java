/** Machines in clouds that speak the Query API of EC2. */
@SuppressWarnings("module") // the digit is part of its name
module regie.engine.ec2 {
    requires static org.jspecify;
    requires transitive regie.compute;
    requires software.amazon.awssdk.services.ec2;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.utils;

    exports regie.engine.ec2;
}
