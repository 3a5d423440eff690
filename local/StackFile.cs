using System.Text.Json;

namespace Local;

/// <summary>The addresses of a running stack, for other programs.</summary>
internal sealed record StackFile(Uri Url, StackFile.StorageService Storage, StackFile.SearchService Search, StackFile.ProcessIds Processes)
{
    private const string Name = "stack.json";
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal sealed record StorageService(Uri Blob, Uri Queue, Uri Table, string ConnectionString, string Images, string Quarantine);

    internal sealed record SearchService(Uri Endpoint, string ApiKey, string CertificateFile, string Index);

    internal sealed record ProcessIds(int Runner, int Azurite, int SearchEmulator, int FunctionsHost);

    public static StackFile? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<StackFile>(File.ReadAllText(Path.Combine(folder, Name)), Format);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string folder)
    {
        // Two programs that restart at the same moment are two writers.
        lock (Format)
        {
            var temporary = Path.Combine(folder, Name + ".new");
            File.WriteAllText(temporary, JsonSerializer.Serialize(this, Format));
            File.Move(temporary, Path.Combine(folder, Name), overwrite: true);
        }
    }

    public static void Delete(string folder) => File.Delete(Path.Combine(folder, Name));
}
