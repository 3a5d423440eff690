using System.Text;
using Tests;

// dotnet run --project tests [-- NAME... [OPTIONS OF THE TEST RUNNER]], or docs: writes the tables of docs/ that are made of the code
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (args is ["docs"])
{
    Environment.SetEnvironmentVariable("WRITE_DOCS", "1");
    args = ["Functions.Tests", "-namespace", "Functions.Tests.Docs"];
}

var names = args.TakeWhile(argument => !argument.StartsWith('-')).ToList();
var projects = TestProject.FindAll().Where(project => project.IsNamedBy(names)).ToList();
var run = new TestRun();

if (projects.Count == 0)
{
    run.Fail(
        "Projects",
        $"none is named like {string.Join(" or ", names)}; "
            + $"there are {string.Join(", ", TestProject.FindAll().Select(project => project.Name))}"
    );
}
else
{
    // Downloads take as long as the compiler.
    var installing = run.InstallAsync(projects);
    var isBuilt = await run.CheckFormatAsync() && await run.BuildAsync(names.Count == 0 ? [] : projects);
    if (await installing && isBuilt)
    {
        var packages = names.Count == 0 ? run.CheckPackagesAsync() : Task.CompletedTask;

        // The four long ones, on a small machine too: most tests wait for processes that they started.
        var together = new ParallelOptions { MaxDegreeOfParallelism = 4 };
        await Parallel.ForEachAsync(projects, together, async (project, _) => await run.TestAsync(project, args.Skip(names.Count)));
        await packages;
    }
}
return run.Conclude();
