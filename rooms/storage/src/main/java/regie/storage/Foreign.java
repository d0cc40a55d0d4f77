package regie.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A format that is not taken, how to tell it, and what to do with such a file. */
record Foreign(String format, String remedy, Predicate<Head> mark) {
    private static final String CONVERT = "Convert it: qemu-img convert -O qcow2 FILE IMAGE";
    private static final String UNPACK = "Unpack it, and import what is inside";

    /** Marks as in QEMU's block drivers and in the file formats' own descriptions. */
    private static final List<Foreign> ALL = List.of(
            new Foreign("a VMDK image", CONVERT, head -> head.hasText(0, "KDMV") || head.hasText(0, "COWD")),
            new Foreign("a VMDK descriptor", CONVERT, head -> head.text(0, 4096).contains("# Disk DescriptorFile")),
            new Foreign("a VHD image", CONVERT, head -> head.hasText(0, "conectix") || head.footHasText("conectix")),
            new Foreign("a VHDX image", CONVERT, head -> head.hasText(0, "vhdxfile")),
            new Foreign("a VDI image", CONVERT, head -> head.has(64, "7f10dabe")),
            new Foreign("a QED image", CONVERT, head -> head.has(0, "51454400")),
            new Foreign(
                    "a Parallels image",
                    CONVERT,
                    head -> head.hasText(0, "WithoutFreeSpace") || head.hasText(0, "WithouFreSpacExt")),
            new Foreign("a Bochs image", CONVERT, head -> head.hasText(0, "Bochs Virtual HD Image")),
            new Foreign("a macOS disk image", CONVERT, head -> head.footHasText("koly")),
            new Foreign("a LUKS container", "Decrypt it first", head -> head.has(0, "4c554b53babe")),
            new Foreign("a gzip archive", UNPACK, head -> head.has(0, "1f8b")),
            new Foreign("an xz archive", UNPACK, head -> head.has(0, "fd377a585a00")),
            new Foreign("a Zstandard archive", UNPACK, head -> head.has(0, "28b52ffd")),
            new Foreign("a bzip2 archive", UNPACK, head -> head.hasText(0, "BZh")),
            new Foreign("a ZIP archive", UNPACK, head -> head.has(0, "504b0304")),
            new Foreign("a 7z archive", UNPACK, head -> head.has(0, "377abcaf271c")),
            new Foreign("a tar archive (an OVA is one)", UNPACK, head -> head.hasText(257, "ustar")));

    static Optional<Foreign> of(Head head) {
        return ALL.stream().filter(format -> format.mark().test(head)).findFirst();
    }
}
