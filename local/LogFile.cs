using System.Globalization;

namespace Local;

/// <summary>Everything one child has printed since it started; the logs of the three previous runs are kept beside it.</summary>
internal sealed class LogFile : IDisposable
{
    private const int Kept = 3;
    private readonly Lock gate = new();
    private StreamWriter? writer;

    private LogFile(StreamWriter writer) => this.writer = writer;

    public static LogFile Create(string folder, string name)
    {
        string Numbered(int number) => Path.Combine(folder, number == 0 ? $"{name}.log" : $"{name}.{number}.log");

        for (var number = Kept; number > 0; number--)
        {
            if (File.Exists(Numbered(number - 1)))
            {
                File.Move(Numbered(number - 1), Numbered(number), overwrite: true);
            }
        }
        return new LogFile(new StreamWriter(Numbered(0)) { AutoFlush = true });
    }

    public void Write(string line)
    {
        lock (gate)
        {
            try
            {
                writer?.WriteLine($"{DateTime.UtcNow.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line}");
            }
            catch (IOException)
            {
                // A full disk ends the log, not the run.
                writer = null;
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            writer?.Dispose();
            writer = null;
        }
    }
}
