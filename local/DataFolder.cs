namespace Local;

/// <summary>The state of one local run. While it is open, no second run can use it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const long LeastFreeBytes = 200_000_000;

    // Also distinguishes a folder created here from any other one named in --data.
    private const string LockFile = "lock";
    private const string Discarded = "discarded-";

    private readonly FileStream held;

    private DataFolder(string path)
    {
        Path = path;
        held = Hold(path);
    }

    public string Path { get; }

    public string Azurite => Folder("azurite");

    /// <summary>Uploads and deletions whose events may not have been delivered.</summary>
    public string Events => Folder("events");

    public string Search => Folder("search");

    public string Logs => Folder("logs");

    /// <exception cref="LocalRunException">The folder cannot be used; the message says why.</exception>
    public static DataFolder Open(string path, bool fresh)
    {
        try
        {
            if (
                Directory.Exists(path)
                && !File.Exists(System.IO.Path.Combine(path, LockFile))
                && Directory.EnumerateFileSystemEntries(path).Any()
            )
            {
                throw new LocalRunException($"{path} holds other files: choose an empty or a new folder with --data.");
            }
            Directory.CreateDirectory(path);
            var folder = new DataFolder(path);
            try
            {
                folder.RequireSpace();
                folder.Discard(fresh);
                return folder;
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw new LocalRunException($"{path} cannot be written: choose another folder with --data, or allow writing there.");
        }
        catch (IOException exception)
        {
            throw new LocalRunException($"{path} cannot be used as data folder: {exception.Message}");
        }
    }

    public void Dispose() => held.Dispose();

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (FileLocks.IsTaken(exception))
        {
            var who = StackFile.Read(path) is { } stack
                ? $" (process {stack.Processes.Runner}, {stack.Url.GetLeftPart(UriPartial.Authority)})"
                : "";
            throw new LocalRunException($"Another local run uses {path}{who}: stop it first, or choose another folder with --data.");
        }
    }

    private void RequireSpace()
    {
        var free = new DriveInfo(Path).AvailableFreeSpace;
        if (free < LeastFreeBytes)
        {
            throw new LocalRunException(
                $"The disk of {Path} has only {free / 1_000_000} MB free, and at least {LeastFreeBytes / 1_000_000} MB are needed: "
                    + "make room, or choose another folder with --data."
            );
        }
    }

    // State is moved aside before it is deleted, so that an interruption cannot leave half of it in place.
    private void Discard(bool fresh)
    {
        if (fresh)
        {
            foreach (var name in (string[])["azurite", "events", "search"])
            {
                var state = System.IO.Path.Combine(Path, name);
                if (Directory.Exists(state))
                {
                    Directory.Move(state, System.IO.Path.Combine(Path, Discarded + System.IO.Path.GetRandomFileName()));
                }
            }
        }
        foreach (var leftover in Directory.EnumerateDirectories(Path, Discarded + "*"))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    private string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
}
