import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Positions of the own participant, by the C library through JNI. README.md of the library shows how it is built and run.
 *
 * <p>Offsets are those of {@code dcass-sim dictionary show genium CQ3 CA3 answer_position_item}.
 */
public final class Positions {
    private static final int FACILITY = 3, ITEM_BYTES = 88;

    public static void main(String[] arguments) {
        try (Oapi oapi = new Oapi()) {
            oapi.login(arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3]);
            // Segment by segment, until the one that is numbered 0.
            int number = 1;
            for (int segment = 1; number != 0; segment++) {
                ByteBuffer answer = oapi.query(FACILITY, question(segment));
                number = answer.getShort(28);
                int items = answer.getShort(30);
                for (int i = 0; i < items; i++) print(answer, 32 + i * ITEM_BYTES);
            }
        } catch (IllegalStateException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    /** TYPE, series, search series, account: zeros are any. */
    private static byte[] question(int segment) {
        ByteBuffer asked = Oapi.littleEndian(new byte[64]);
        asked.put((byte) 'C').put((byte) 'Q').putShort((short) 3);
        asked.putShort(52, (short) segment);
        return asked.array();
    }

    private static void print(ByteBuffer answer, int at) {
        // The account: country, customer, then the account's own id.
        String account = new String(answer.array(), at + 52 + 7, 16, StandardCharsets.ISO_8859_1).strip().replace("\0", "");
        StringBuilder series = new StringBuilder();
        for (int i = 0; i < 4; i++) series.append(answer.get(at + i)).append('.');
        series.append(answer.getShort(at + 4)).append('.').append(answer.getShort(at + 6));
        series.append('.').append(answer.getInt(at + 8));
        System.out.println(account + " " + series + " " + answer.getLong(at + 28) + " " + answer.getLong(at + 36));
    }
}
