import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A session of the C library, through JNI (oapi_jni.c). Every call gives both codes; what is refused is thrown with its words. */
final class Oapi implements AutoCloseable {
    static final int NORMAL = 0, EXPIRES_SOON = 2028;

    static {
        System.loadLibrary("oapi_jni");
    }

    private final long session = createSession();
    private int baseFacility;

    void login(String host, int port, String user, String password) {
        int completion = login(session, user, password, host, port, "Positions.java", false);
        if (completion != NORMAL && completion != EXPIRES_SOON) {
            throw new IllegalStateException("login: " + completion + " (" + words(completion) + ")");
        }
        baseFacility = littleEndian(getInfo(2, 4)).getInt();
    }

    /** The answer to a packed message; facility is counted from the first external one. */
    ByteBuffer query(int facility, byte[] message) {
        int[] codes = new int[2];
        byte[] answer = query(session, baseFacility + facility, message, codes);
        check(new String(message, 0, 2, StandardCharsets.US_ASCII), codes);
        return littleEndian(answer);
    }

    private byte[] getInfo(int type, int room) {
        int[] codes = new int[2];
        byte[] answer = getInfo(session, type, room, codes);
        check("get info", codes);
        return answer;
    }

    private static void check(String what, int[] codes) {
        if (codes[0] >= 0 && codes[1] >= 0) return;
        throw new IllegalStateException(what + ": " + codes[0] + " (" + words(codes[0]) + "), status " + codes[1]);
    }

    /** Numbers of the API are little-endian; those of Java are not. */
    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        logout(session);
        closeSession(session);
    }

    private static native long createSession();

    private static native void closeSession(long session);

    private static native int login(
            long session, String user, String password, String host, int port, String application, boolean isForced);

    private static native int logout(long session);

    private static native byte[] query(long session, int facility, byte[] message, int[] codes);

    private static native byte[] getInfo(long session, int type, int room, int[] codes);

    private static native String words(int code);
}
