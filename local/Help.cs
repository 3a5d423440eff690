namespace Local;

internal static class Help
{
    public const string Text = """
        Runs everything on this machine: Azurite behind its proxy, the search emulator, the Functions host and the app.

        dotnet run --project local [-- OPTIONS]
          --fresh                  start with no images, no index and no messages
          --data DIR               where the state is kept (.local at the root of the repository)
          --port N                 HTTP API (7071); for every port, 0 takes any free one
          --search-port N          search emulator (7072)
          --blob-port N            Azurite: blobs (10000)
          --queue-port N           Azurite: queues (10001)
          --table-port N           Azurite: tables (10002)
          --indexing-delay-ms N    how long a written document stays invisible to searches, as in Azure
          --stop-with-stdin        stop when standard input ends
          --help                   this text

        dotnet run --project local -- upload [--data DIR] FILE...
          uploads files and folders to the running stack and prints each verdict

        dotnet run --project local -- review [--restore] [--data DIR]
          judges everything in quarantine again by the rules in force, and lists what should not be there; --restore puts it back

        dotnet run --project local -- models list | pull NAME
          shows the catalogue of models, or fetches one of them

        dotnet run --project local -- calibrate [--container NAME | --folder DIR] [--sample N] [--false-quarantine SHARE] [--write [FILE]]
          makes copies of a sample of your own images and recommends the thresholds of the gate; reads the running stack,
          or the account in AzureWebJobsStorage where that is set; --write puts them into local.settings.json

        Settings of the app come from local.settings.json, or else from local.settings.sample.json;
        environment variables of the same name go first. Storage and search are always those started here.
        With LOCAL_FUNCTION_KEY, or with Access__SearchKey, Access__OperateKey and Access__DeleteKey (keys with roles), the host demands
        a key of all but the page, as one in Azure does ("upload" has none to give).
        """;
}
