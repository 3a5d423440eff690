namespace Local;

internal static class FileLocks
{
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Whether opening a file failed because another process has locked it.</summary>
    public static bool IsTaken(IOException exception) =>
        exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
        && (exception.HResult == SharingViolation || exception.HResult is 11 or 35);
}
