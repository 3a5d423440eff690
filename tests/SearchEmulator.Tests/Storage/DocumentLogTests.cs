using System.Text;
using SearchEmulator.Storage;
using Xunit;

namespace SearchEmulator.Tests.Storage;

public sealed class DocumentLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("document-log-").FullName;

    private string LogFile => Path.Combine(_folder, "documents.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Records_come_back_in_order()
    {
        Write("one", "two", "three");
        Assert.Equal(["one", "two", "three"], Read());
    }

    [Fact]
    public void A_tail_torn_at_any_byte_is_cut_off_and_the_rest_kept()
    {
        Write("first", "second");
        var whole = File.ReadAllBytes(LogFile);
        Write("first");
        var firstEnds = (int)new FileInfo(LogFile).Length;
        for (var length = firstEnds; length < whole.Length; length++)
        {
            File.WriteAllBytes(LogFile, whole[..length]);
            Assert.Equal(["first"], Read());
            Assert.Equal(firstEnds, new FileInfo(LogFile).Length);
        }
    }

    [Fact]
    public void Writing_goes_on_after_a_repair()
    {
        Write("first", "second");
        using (var file = File.OpenWrite(LogFile))
        {
            file.SetLength(file.Length - 1);
        }

        using (var log = DocumentLog.Open(LogFile, _ => { }))
        {
            log.Append(Encoding.UTF8.GetBytes("third"));
        }

        Assert.Equal(["first", "third"], Read());
    }

    [Fact]
    public void A_tail_of_zeros_is_cut_off()
    {
        Write("first");
        using (var file = File.OpenWrite(LogFile))
        {
            file.SetLength(file.Length + 4096);
        }

        Assert.Equal(["first"], Read());
    }

    [Fact]
    public void Damage_before_the_end_is_reported_not_repaired()
    {
        Write("first", "second");
        var bytes = File.ReadAllBytes(LogFile);
        bytes[8 + 12] ^= 1;
        File.WriteAllBytes(LogFile, bytes);
        var error = Assert.Throws<DamagedFileException>(Read);
        Assert.Contains("is damaged at byte 8", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(LogFile));
    }

    private void Write(params string[] records)
    {
        using var log = DocumentLog.Create(LogFile);
        foreach (var record in records)
        {
            log.Append(Encoding.UTF8.GetBytes(record));
        }
    }

    private List<string> Read()
    {
        var records = new List<string>();
        using var log = DocumentLog.Open(LogFile, record => records.Add(Encoding.UTF8.GetString(record.Span)));
        return records;
    }
}
