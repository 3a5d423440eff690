using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace SearchEmulator.Storage;

/// <summary>
/// An append-only file of records, each flushed to disk before it counts. A record is its length, the XxHash3 of its content, and the
/// content. A crash can leave at most one partial record, at the end: opening cuts it off.
/// </summary>
internal sealed class DocumentLog : IDisposable
{
    private const int HeaderLength = 12;
    private static readonly byte[] Magic = "SRCHLOG1"u8.ToArray();
    private readonly SafeFileHandle _file;
    private bool _tailUncertain;

    private DocumentLog(string path, SafeFileHandle file, long length)
    {
        Path = path;
        _file = file;
        Length = length;
    }

    public string Path { get; }

    public long Length { get; private set; }

    public static DocumentLog Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        RandomAccess.Write(file, Magic, 0);
        RandomAccess.FlushToDisk(file);
        DirectorySync.Flush(System.IO.Path.GetDirectoryName(path)!);
        return new DocumentLog(path, file, Magic.Length);
    }

    /// <summary>Hands over every whole record in order, then cuts off what a crash left behind.</summary>
    public static DocumentLog Open(string path, Action<ReadOnlyMemory<byte>> replay)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        try
        {
            var size = RandomAccess.GetLength(file);
            var magic = new byte[Magic.Length];
            if (RandomAccess.Read(file, magic, 0) != magic.Length || !magic.AsSpan().SequenceEqual(Magic))
            {
                throw new DamagedFileException($"{path} is not a document log of this emulator.");
            }

            var length = ReadRecords(file, path, size, replay);
            if (length < size)
            {
                RandomAccess.SetLength(file, length);
                RandomAccess.FlushToDisk(file);
            }

            return new DocumentLog(path, file, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Returns once the record is on disk. After a failure the file is as it was before.</summary>
    public void Append(ReadOnlyMemory<byte> content)
    {
        var header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, content.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(4), XxHash3.HashToUInt64(content.Span));
        try
        {
            CutUncertainTail();
            _tailUncertain = true;
            RandomAccess.Write(_file, [header, content], Length);
            RandomAccess.FlushToDisk(_file);
            _tailUncertain = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryCutUncertainTail();
            throw new StorageException($"Could not write to {Path}: {failure.Message}", failure);
        }

        Length += HeaderLength + content.Length;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A half-written record must not be followed by another: the next append would be unreachable.</summary>
    private void CutUncertainTail()
    {
        if (_tailUncertain)
        {
            RandomAccess.SetLength(_file, Length);
            RandomAccess.FlushToDisk(_file);
            _tailUncertain = false;
        }
    }

    private void TryCutUncertainTail()
    {
        try
        {
            CutUncertainTail();
        }
        catch (IOException)
        {
            // Tried again before the next append.
        }
    }

    private static long ReadRecords(SafeFileHandle file, string path, long size, Action<ReadOnlyMemory<byte>> replay)
    {
        var header = new byte[HeaderLength];
        long position = Magic.Length;
        while (size - position >= HeaderLength)
        {
            ReadExactly(file, header, position);
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            var end = position + HeaderLength + length;
            if (length <= 0 || end > size)
            {
                break;
            }

            var buffer = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                var content = buffer.AsMemory(0, length);
                ReadExactly(file, content.Span, position + HeaderLength);
                if (XxHash3.HashToUInt64(content.Span) != BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(4)))
                {
                    if (end < size)
                    {
                        throw new DamagedFileException(
                            $"{path} is damaged at byte {position}: the record there does not match its checksum, and others follow it."
                        );
                    }

                    break;
                }

                replay(content);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            position = end;
        }

        return position;
    }

    private static void ReadExactly(SafeFileHandle file, Span<byte> target, long position)
    {
        while (target.Length > 0)
        {
            var read = RandomAccess.Read(file, target, position);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            target = target[read..];
            position += read;
        }
    }
}
