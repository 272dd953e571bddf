package io.github.cameldewatermark.sandbox.pdf;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;

/** What a page shows, and which parts of it are blocks of their own. */
final class PageContent {

    /**
     * @param block     where it is
     * @param signature the same for blocks that do the same, on whichever page
     */
    private record Signed(Blocks.Block block, String signature) {}

    private final List<Operation> operations;
    private final List<Signed> blocks;

    private PageContent(List<Operation> operations, List<Signed> blocks) {
        this.operations = operations;
        this.blocks = blocks;
    }

    static PageContent read(PDPage page, ResourceDigests resources) throws IOException {
        List<Operation> operations = new ArrayList<>();
        List<COSBase> operands = new ArrayList<>();
        Blocks blocks = new Blocks();
        for (Iterator<PDStream> streams = page.getContentStreams(); streams.hasNext(); ) {
            List<Operation> some = Operation.read(streams.next(), operands);
            blocks.addStream(some);
            operations.addAll(some);
        }
        List<byte[]> digests = new ArrayList<>();
        for (Operation operation : operations) {
            digests.add(resources.of(operation, page));
        }
        return new PageContent(
                operations,
                blocks.found().stream()
                        .filter(block -> operations.subList(block.from(), block.to()).stream()
                                .anyMatch(Operation::shows))
                        .map(block -> new Signed(block, signature(digests.subList(block.from(), block.to()))))
                        .toList());
    }

    private static String signature(List<byte[]> digests) {
        MessageDigest digest = ResourceDigests.sha256();
        digests.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of all blocks that show something. */
    Set<String> signatures() {
        return blocks.stream().map(Signed::signature).collect(Collectors.toSet());
    }

    /** The operations, but for those by which these blocks show something. */
    List<Operation> without(Set<String> signatures) {
        BitSet hidden = new BitSet();
        blocks.stream()
                .filter(signed -> signatures.contains(signed.signature))
                .forEach(signed -> hidden.set(signed.block.from(), signed.block.to()));
        List<Operation> rest = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (hidden.get(i) && operation.shows()) {
                rest.addAll(operation.rest());
            } else {
                rest.add(operation);
            }
        }
        return rest;
    }
}
