using System.Globalization;

namespace Local;

internal static class CommandLine
{
    private const int LongestIndexingDelay = 600_000;

    /// <exception cref="CommandLineException">What is wrong with the arguments, in one sentence.</exception>
    public static LocalOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new LocalOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            string Value() =>
                ++index < arguments.Count
                    ? arguments[index]
                    : throw new CommandLineException($"{name} needs a value; --help lists the options.");

            switch (name)
            {
                case "--help" or "-h" or "-?":
                    options = options with { Help = true };
                    break;
                case "--fresh":
                    options = options with { Fresh = true };
                    break;
                case "--stop-with-stdin":
                    options = options with { StopWithStandardInput = true };
                    break;
                case "--data":
                    options = options with { Data = Folder(Value()) };
                    break;
                case "--port":
                    options = options with { Port = Number(name, Value(), ushort.MaxValue) };
                    break;
                case "--search-port":
                    options = options with { SearchPort = Number(name, Value(), ushort.MaxValue) };
                    break;
                case "--blob-port":
                    options = options with { BlobPort = Number(name, Value(), ushort.MaxValue) };
                    break;
                case "--queue-port":
                    options = options with { QueuePort = Number(name, Value(), ushort.MaxValue) };
                    break;
                case "--table-port":
                    options = options with { TablePort = Number(name, Value(), ushort.MaxValue) };
                    break;
                case "--indexing-delay-ms":
                    options = options with { IndexingDelayMilliseconds = Number(name, Value(), LongestIndexingDelay) };
                    break;
                case "--function-key":
                    throw new CommandLineException(
                        "A key on a command line can be read by every program of the machine: "
                            + $"set the environment variable {LocalOptions.FunctionKeyVariable} instead."
                    );
                case ReviewCommand.Name:
                    options = options with { Review = true };
                    break;
                case "--restore" when options.Review:
                    options = options with { Restore = true };
                    break;
                case "upload":
                    return Uploading(options, [.. arguments.Skip(index + 1)]);
                default:
                    throw new CommandLineException($"\"{name}\" is not an option; --help lists them.");
            }
        }
        return WithDistinctPorts(options);
    }

    private static LocalOptions Uploading(LocalOptions options, List<string> files)
    {
        var data = files.IndexOf("--data");
        if (data >= 0 && data + 1 < files.Count)
        {
            options = options with { Data = Folder(files[data + 1]) };
            files.RemoveRange(data, 2);
        }
        if (files.FirstOrDefault(file => file.StartsWith("--", StringComparison.Ordinal)) is { } option)
        {
            throw new CommandLineException($"\"{option}\" is not an option of upload, which takes only --data DIR and files or folders.");
        }
        return files.Count > 0
            ? options with
            {
                Upload = files,
            }
            : throw new CommandLineException("upload needs at least one file or folder.");
    }

    private static LocalOptions WithDistinctPorts(LocalOptions options)
    {
        var same = options.Ports.Where(port => port.Port != 0).GroupBy(port => port.Port).FirstOrDefault(group => group.Count() > 1);
        return same is null
            ? options
            : throw new CommandLineException($"{string.Join(" and ", same.Select(port => port.Option))} are the same port, {same.Key}.");
    }

    private static string Folder(string value) =>
        value.Length > 0 ? Path.GetFullPath(value) : throw new CommandLineException("--data needs the name of a folder.");

    private static int Number(string name, string value, int highest) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= highest
            ? number
            : throw new CommandLineException($"{name} takes a whole number from 0 to {highest}, not \"{value}\".");
}
