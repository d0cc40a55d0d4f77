package regie.engine.libvirt;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import regie.agent.contract.Guest;
import regie.agent.contract.Guest.Power;

/**
 * What libvirt keeps for us with each guest, in the metadata of its domain: what was wished, and how far we came with it.
 * It is written before the deed, so an agent that dies in the midst finds out what it had begun.
 */
record GuestTag(long epoch, Power power, int reboots, int builds, Stage stage) {
    static final String NAMESPACE = "urn:regie:guest:1";
    static final String PREFIX = "regie";

    enum Stage {
        /** Its place is ready, and its memory comes from another host. */
        ARRIVING,
        /** Its disk is to be made anew, then it is to be started. */
        BUILDING,
        /** It is to be started, and if it runs it is the process from before. */
        STARTING,
        /** It was started, or is meant to be off: whatever happened to it since then happened by itself. */
        SETTLED
    }

    static GuestTag of(Guest wished, Stage stage) {
        return new GuestTag(wished.epoch(), wished.power(), wished.reboots(), wished.builds(), stage);
    }

    GuestTag settled() {
        return new GuestTag(epoch, power, reboots, builds, Stage.SETTLED);
    }

    /** As it stands in a domain's description. None of its values can hold a character that XML would want escaped. */
    String xml() {
        return "<%s:guest xmlns:%s='%s' %s/>".formatted(PREFIX, PREFIX, NAMESPACE, attributes());
    }

    /** As libvirt wants it where it is changed alone: it declares the name space itself, and fails where that was done. */
    String bare() {
        return "<guest %s/>".formatted(attributes());
    }

    private String attributes() {
        return "epoch='%d' power='%s' reboots='%d' builds='%d' stage='%s'"
                .formatted(epoch, power, reboots, builds, stage);
    }

    /**
     * @param xml as libvirt gives back what it was given, with or without the name space
     * @throws LibvirtError where it is anything else
     */
    static GuestTag parse(String xml) throws LibvirtError {
        try {
            var factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            // libvirt leaves out the declaration of the name space where it stands on an element further out.
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
            var reader = factory.createXMLStreamReader(new StringReader(xml));
            reader.nextTag();
            return new GuestTag(
                    Long.parseLong(reader.getAttributeValue(null, "epoch")),
                    Power.valueOf(reader.getAttributeValue(null, "power")),
                    Integer.parseInt(reader.getAttributeValue(null, "reboots")),
                    Integer.parseInt(reader.getAttributeValue(null, "builds")),
                    Stage.valueOf(reader.getAttributeValue(null, "stage")));
        } catch (XMLStreamException | IllegalArgumentException | NullPointerException flaw) {
            throw new LibvirtError("not a guest's metadata: " + xml);
        }
    }
}
