using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

public sealed class RestartTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    [Fact]
    public async Task Server_StoppedAndStartedAgain_PageComesBackAndTheSweepGoesOn()
    {
        // The browser says that the server it was connected to is away: that is what happens here.
        AllowComplaints = true;
        var folder = Directory.CreateTempSubdirectory("stepsize-restart-");
        try
        {
            var database = Path.Combine(folder.FullName, "stepsize.db");
            string address;
            await using (var first = await ServerProcess.StartAsync(database, "http://127.0.0.1:0"))
            {
                address = first.Address.ToString();
                await Page.GotoAsync(address + "sweeps/new");
                await Page.GetByLabel("Specification as JSON").FillAsync(Sweeps.Medium);
                await Page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();
                await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Medium" })).ToBeVisibleAsync();
            }

            await Expect(Page.GetByText("The server does not answer.")).ToBeVisibleAsync();
            await using var second = await ServerProcess.StartAsync(database, address);
            await Expect(Page.GetByText("The server does not answer.")).ToBeHiddenAsync();
            await Expect(Page.GetByText("4 of 4 runs")).ToBeVisibleAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
